"""Where partitions are analyzed: in this process, in DuckDB, or on the workers of Dask or Spark."""
