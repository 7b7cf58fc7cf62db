"""A rehearsal of Gradescope: its image build and its harness, on this machine or in a container."""
