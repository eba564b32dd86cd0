"""From an instance and a result to something to read: tables and Excel."""
