"""Drafts a file of JSONL records under Spark: amends is a filter of each partition.

    python3 recipes/spark.py inbox.jsonl drafts --partitions 8 -- --today 2026-11-23

In: a file or directory of JSONL that Spark can read; each record needs an `id` of its own, since a
line's number is another in each partition. Out: a directory of part files, one record out for one
in, in order: put together they are what one process writes. Needs pyspark and a Java it runs on,
and `amends` on the PATH of every worker (or --amends).

A record that can't be read comes out as one with an `error`, as always; a partition fails, and
Spark tries it again, only if amends could not do its work at all.
"""

import argparse
import os
import shlex
import sys

from pyspark.sql import SparkSession

# amends ends with 3 or 4 where a record needs a person or could not be read: those are results.
# A partition without records is none to it.
FILTER = """
IFS= read -r first || exit 0
{ printf '%s\\n' "$first"; cat; } | "$@"
status=$?
[ "$status" -eq 3 ] || [ "$status" -eq 4 ] || exit "$status"
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inbox", help="JSONL to read")
    parser.add_argument("drafts", help="directory to write, which must not be there yet")
    parser.add_argument("--partitions", type=int, default=None, help="at least so many")
    parser.add_argument("--master", default="local[*]", help="Spark's master [local[*]]")
    parser.add_argument("--amends", default="amends", help="the program [amends]")
    parser.epilog = "What stands behind -- are amends' own flags."
    own, flags = sys.argv[1:], []
    if "--" in own:
        own, flags = own[: own.index("--")], own[own.index("--") + 1 :]
    args = parser.parse_args(own)

    # One process a partition already keeps every core busy.
    command = [args.amends, "draft", "--jobs", "1", "--input", "jsonl", "--output", "jsonl", *flags]
    spark = SparkSession.builder.master(args.master).appName("amends").getOrCreate()
    try:
        records = spark.sparkContext.textFile(args.inbox, args.partitions)
        pipe = shlex.join(["sh", "-c", FILTER, "sh", *command])
        # Spark starts filters with an empty environment.
        env = {k: v for k, v in os.environ.items() if k == "PATH" or k.startswith("AMENDS_")}
        records.pipe(pipe, env=env, checkCode=True).saveAsTextFile(args.drafts)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
