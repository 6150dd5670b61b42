"""Who reaches what: the roles, the addresses of every page for each of them, and the world they are looked at in."""
