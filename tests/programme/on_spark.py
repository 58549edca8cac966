"""The programme's figures of a folder of Parquet files, worked out by Spark on two cores.

    python -m tests.programme.on_spark FOLDER OUT.json

A process of its own, so that no JVM and none of Spark's warnings are left in the test run.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import ibis
from pyspark.sql import SparkSession

from unknot.programme.figures import of_tables


def main(folder: str, out: str) -> None:
    """Writes the report, and the seconds each part took, as JSON."""
    began = time.monotonic()
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "3g")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    engine = ibis.pyspark.connect(spark)
    sessions = engine.read_parquet(str(Path(folder) / "sessions.parquet"))
    courses = engine.read_parquet(str(Path(folder) / "courses.parquet"))
    ready = time.monotonic()
    found = of_tables(sessions, courses)
    done = time.monotonic()
    result = {"start": ready - began, "figures": done - ready, "programme": asdict(found)}
    Path(out).write_text(json.dumps(result))
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
