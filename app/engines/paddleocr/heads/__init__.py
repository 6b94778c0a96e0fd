"""Line recognizers of our own for scripts that the packaged models lack (docs/training.md)."""
