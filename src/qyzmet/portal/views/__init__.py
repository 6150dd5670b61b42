"""The pages: each reads input, calls one act or query, and renders."""
