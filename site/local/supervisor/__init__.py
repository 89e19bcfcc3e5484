"""What `make run` runs: database, web server and worker together, from start to end.

    PYTHONPATH=site python -m local.supervisor [reset]

It imports no Django and has one thread, so that the kernel can end its children with it, after kill -9 too. The
embedded database has a process of its own (embedded_postgres/): the supervisor only holds it open.
"""
