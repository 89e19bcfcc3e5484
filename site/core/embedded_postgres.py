def database_url() -> str:
    raise NotImplementedError
