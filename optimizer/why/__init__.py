"""Why a county is picked when it is, or not: what forcing it otherwise costs, and what would change the choice."""
