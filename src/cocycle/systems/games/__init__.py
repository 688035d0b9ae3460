"""Games: strategies that move by their payoffs."""
