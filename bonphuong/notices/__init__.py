"""What a person should hear of: notices in the desk, and mail through an outbox."""
