"""The officials' side: my tasks, one case on one screen, sittings, batches, search and the counter.

Views read a request, call one act or query and draw a page; what a page says comes from the package. Every
list and every file starts from what the post may see.
"""
