"""Notes and letters in and out with foreign missions, organisations and localities: answered or not."""
