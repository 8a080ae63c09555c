"""A query through sqlite3: `sql_query.py [SIZE]`, 10 passes unless told.

Long C calls without the GIL, in which a Python function is called back for some rows.
"""
import sqlite3

import script

SALES = 60_000
SHOPS = 50
# Shop and sum of its reduced sales, of the three that sell most.
EXPECTED = [(35, 766_161), (40, 761_489), (49, 757_834)]
QUERY = """
    SELECT shop.number, sum(reduced(sale.amount)) AS total FROM sale JOIN shop ON shop.number = sale.shop
    WHERE sale.day BETWEEN 10 AND 250 GROUP BY shop.number ORDER BY total DESC, shop.number LIMIT 3
    """


def reduced(amount):
    return amount - amount // 10


def filled():
    database = sqlite3.connect(":memory:")
    database.create_function("reduced", 1, reduced, deterministic=True)
    database.execute("CREATE TABLE shop (number INTEGER PRIMARY KEY, name TEXT)")
    database.execute("CREATE TABLE sale (shop INTEGER, day INTEGER, amount INTEGER)")
    database.executemany("INSERT INTO shop VALUES (?, ?)", ((number, f"shop {number}") for number in range(SHOPS)))
    database.executemany(
        "INSERT INTO sale VALUES (?, ?, ?)",
        ((number % SHOPS, number * 13 % 365, number * number % 2_003 + number % SHOPS) for number in range(SALES)))
    return database


def main():
    database = filled()
    for _ in range(script.size(10) * 4):
        rows = database.execute(QUERY).fetchall()
        script.check(rows, EXPECTED)
    print(rows)


if __name__ == "__main__":
    main()
