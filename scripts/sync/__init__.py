"""Types of `anyqpu.sync`, written from the asynchronous classes: `generated/anyqpu_sync`.

python -m scripts.sync            write them
python -m scripts.sync --check    write nothing; exit 1 and name each file that differs

The classes themselves are made at run time, by `anyqpu.sync.blocking`. Each module with an asynchronous class, or with
a class that mentions one, has a stub of the same name below `anyqpu_sync`. To give a further class a blocking form, add
it to `CLASSES` of `anyqpu.sync`, and to `CONSTRUCTED` if users make its objects themselves.
"""
