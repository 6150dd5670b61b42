"""Letters about what happens in a case: composed from `letters.yaml`, kept in the cabinet, sent by e-mail."""
