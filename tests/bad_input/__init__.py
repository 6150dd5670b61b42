"""What nobody should send, and somebody does: into every form, and as files."""
