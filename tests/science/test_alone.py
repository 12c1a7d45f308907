import subprocess
import sys

LIGHT = ("text", "passages", "changes", "words", "checking", "guarding")


class TestScience:
    def test_runs_without_django(self):
        code = (
            "import sys; sys.modules['django'] = None; "
            "import courtesy.science.drafting, courtesy.science.topics, courtesy.science.encoders.minilm"
        )

        subprocess.run([sys.executable, "-c", code], check=True)

    def test_leaves_numpy_alone_where_the_web_process_uses_it(self):
        names = ", ".join(f"courtesy.science.{name}" for name in LIGHT)
        code = f"import {names}, sys; sys.exit('numpy' in sys.modules or 'onnxruntime' in sys.modules)"

        subprocess.run([sys.executable, "-c", code], check=True)
