"""What a developer runs beside the product; nothing here is needed to serve it."""
