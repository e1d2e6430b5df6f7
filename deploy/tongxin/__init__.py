"""`tongxin`: starts the platform on one machine, loads the demo, and asks how things stand."""
