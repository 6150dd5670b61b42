"""At the counter: the queue, home visits, handing results over, the contact centre."""
