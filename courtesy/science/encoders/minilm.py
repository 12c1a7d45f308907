"""all-MiniLM-L6-v2 as an int8 ONNX graph: 23 MB, about 3 ms a text on one core, no torch.

Method: Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation" (arXiv 2002.10957), trained for sentences
by the sentence-transformers authors (Apache-2.0); mean pooling and unit length as they publish it. Quantised
per channel, MatMul and Gather: cosine .993 to float32, and nothing lost in retrieval (the language anchor,
section 6). int8 activations are scaled over whatever shares the run, so a text in a batch would come out a
little different from the same text alone; therefore **one text a run**, and vectors are equal to the bit.
Without padding there is nothing to mask, which is why the graph has no attention mask.
"""

import hashlib
import json
import os
import shutil
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import tokenizers

from courtesy.science.encoders import FloatArray, NotBuilt, WeightsDiffer, WeightsTrouble
from courtesy.science.encoders.choosing import MINILM, READS

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
GRAPH, TOKENS, EXACT = "minilm-l6-int8.onnx", "tokenizer.json", "minilm-l6-float32.onnx"
LAYERS, WIDTH, HEADS = 6, 384, 12
LONGEST = 256  # tokens the model was trained to read; the rest of a longer text is not seen
LONGEST_CHARACTERS = 4000  # a text without spaces must not cost seconds in the tokenizer


class MiniLM:
    """The encoder, ready to read. Raises NotBuilt when the folder holds no finished graph."""

    name = MINILM
    dimensions = WIDTH
    languages = READS[MINILM]

    def __init__(self, folder: Path, graph: str = GRAPH) -> None:
        if not (folder / graph).is_file() or not (folder / TOKENS).is_file():
            raise NotBuilt(folder.name)
        self._tokens = tokenizers.Tokenizer.from_file(str(folder / TOKENS))
        self._tokens.no_padding()
        self._tokens.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / graph), options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit row a text, bit-equal whatever it is asked together with; an empty text has a row too."""
        rows = np.empty((len(texts), WIDTH), dtype=np.float32)
        for number, text in enumerate(texts):
            # Halves of characters, which no file can hold, would be refused.
            whole = text[:LONGEST_CHARACTERS].encode("utf-8", "replace").decode()
            ids = np.array([self._tokens.encode(whole).ids], dtype=np.int64)
            row = self._session.run(None, {"ids": ids})[0][0]
            rows[number] = row / np.linalg.norm(row)
        return rows


def is_built(folder: Path) -> bool:
    """Whether the folder holds a finished graph."""
    return all((folder / name).is_file() for name in (GRAPH, TOKENS))


def build(weights: Path, into: Path, *, exact: bool = False) -> Path:
    """Make the int8 graph once, in about ten seconds; a folder that already holds it is returned as it is.

    ``weights`` is the folder with ``model.safetensors`` and ``tokenizer.json``. Raises WeightsDiffer when
    the file's SHA-256 is not ours (nothing is written then). With ``exact`` the float32 graph stays
    beside it, for comparison.
    """
    wanted = [GRAPH, TOKENS, *([EXACT] if exact else [])]
    if all((into / name).is_file() for name in wanted):
        return into
    tensors = _read(weights / "model.safetensors")

    import onnx  # noqa: PLC0415  31 MB that only the building needs, never the running worker
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    into.mkdir(parents=True, exist_ok=True)
    half_done = f".{os.getpid()}.unfinished"
    whole = into / (EXACT + half_done)
    onnx.save(_graph(tensors, onnx), str(whole))
    quantize_dynamic(
        str(whole),
        str(into / (GRAPH + half_done)),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    shutil.copyfile(weights / "tokenizer.json", into / TOKENS)
    if exact:
        whole.replace(into / EXACT)
    whole.unlink(missing_ok=True)
    (into / (GRAPH + half_done)).replace(into / GRAPH)
    return into


def _read(file: Path) -> dict[str, FloatArray]:
    """The tensors of a safetensors file: eight bytes of length, a JSON table of contents, raw numbers."""
    try:
        raw = file.read_bytes()
    except OSError as trouble:
        raise WeightsTrouble("model.safetensors cannot be read") from trouble
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise WeightsDiffer("model.safetensors")
    (length,) = struct.unpack("<Q", raw[:8])
    contents = json.loads(raw[8 : 8 + length])
    tensors = {}
    for name, entry in contents.items():
        if entry.get("dtype") != "F32":
            continue
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(raw[start:end], dtype="<f4").reshape(entry["shape"])
    return tensors


class _Sketch:
    """Nodes and initializers of a graph while it grows; each method returns the name of what it made."""

    def __init__(self, onnx: Any) -> None:
        self.onnx, self.nodes, self.weights = onnx, [], []  # type: ignore[var-annotated]

    def constant(self, name: str, value: Any) -> str:
        self.weights.append(self.onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, **attributes: Any) -> str:
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def linear(self, source: str, weight: FloatArray, bias: FloatArray, name: str) -> str:
        product = self.node("MatMul", [source, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def layer_norm(self, source: str, weight: FloatArray, bias: FloatArray, name: str) -> str:
        inputs = [source, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=1e-12)


def _graph(tensors: dict[str, FloatArray], onnx: Any) -> Any:
    """BERT's six layers (Devlin et al. 2018, arXiv 1810.04805) and the mean over the tokens."""
    sketch, helper = _Sketch(onnx), onnx.helper
    embed = "embeddings."
    # Every text is a first segment, so that segment's row can live in the position table.
    positions = tensors[embed + "position_embeddings.weight"] + tensors[embed + "token_type_embeddings.weight"][0]
    sketch.constant("zero", np.array([0], dtype=np.int64))
    sketch.constant("one", np.array([1], dtype=np.int64))
    words = sketch.node("Gather", [sketch.constant("words", tensors[embed + "word_embeddings.weight"]), "ids"], "word")
    length = sketch.node("Shape", ["ids"], "length", start=1, end=2)
    place = sketch.node("Slice", [sketch.constant("positions", positions), "zero", length, "zero", "one"], "place")
    added = sketch.node("Add", [words, place], "embedded")
    norm = embed + "LayerNorm."
    state = sketch.layer_norm(added, tensors[norm + "weight"], tensors[norm + "bias"], "embedded.norm")
    sketch.constant("split", np.array([1, -1, HEADS, WIDTH // HEADS], dtype=np.int64))
    sketch.constant("join", np.array([1, -1, WIDTH], dtype=np.int64))
    for number in range(LAYERS):
        state = _layer(sketch, tensors, state, number)
    mean = sketch.node("ReduceMean", [state, "one"], "sentence", keepdims=0)
    graph = helper.make_graph(
        sketch.nodes,
        "minilm",
        [helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, [1, "tokens"])],
        [helper.make_tensor_value_info(mean, onnx.TensorProto.FLOAT, [1, WIDTH])],
        sketch.weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def _layer(sketch: _Sketch, tensors: dict[str, FloatArray], state: str, number: int) -> str:
    """Attention over the whole text, then the two dense steps, each with its residual."""
    old, new = f"encoder.layer.{number}.", f"layer{number}."

    def part(name: str) -> tuple[FloatArray, FloatArray]:
        return tensors[f"{old}{name}.weight"], tensors[f"{old}{name}.bias"]

    heads = []
    for name, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])):
        weight, bias = part(f"attention.self.{name}")
        if name == "query":  # the usual division by the root of the head's width, done once and for all
            scale = np.float32((WIDTH // HEADS) ** -0.5)
            weight, bias = weight * scale, bias * scale
        line = sketch.linear(state, weight, bias, new + name)
        split = sketch.node("Reshape", [line, "split"], f"{new}{name}.split")
        heads.append(sketch.node("Transpose", [split], f"{new}{name}.heads", perm=order))
    scores = sketch.node("MatMul", heads[:2], new + "scores")
    shares = sketch.node("Softmax", [scores], new + "shares", axis=-1)
    mixed = sketch.node("MatMul", [shares, heads[2]], new + "mixed")
    turned = sketch.node("Transpose", [mixed], new + "turned", perm=[0, 2, 1, 3])
    joined = sketch.node("Reshape", [turned, "join"], new + "joined")
    attended = sketch.linear(joined, *part("attention.output.dense"), new + "attended")
    kept = sketch.node("Add", [attended, state], new + "attended.sum")
    state = sketch.layer_norm(kept, *part("attention.output.LayerNorm"), new + "attended.norm")
    wide = sketch.linear(state, *part("intermediate.dense"), new + "wide")
    bent = sketch.node("Gelu", [wide], new + "bent")
    narrow = sketch.linear(bent, *part("output.dense"), new + "narrow")
    summed = sketch.node("Add", [narrow, state], new + "narrow.sum")
    return sketch.layer_norm(summed, *part("output.LayerNorm"), new + "norm")
