"""Settings, root URLs and the command line: wires everything, imported by nobody."""
