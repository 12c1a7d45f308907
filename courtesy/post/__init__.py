"""The post office: what came in, raw; what goes out."""
