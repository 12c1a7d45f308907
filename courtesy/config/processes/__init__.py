"""The two processes of a house: the web, which serves both front sides and looks after the worker, and the worker."""
