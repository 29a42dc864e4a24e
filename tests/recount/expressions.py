"""The expressions that measures use, evaluated over the cells of exported files.

Values are texts, Fractions, truth values, lists (of a repeat), and floats for NaN and the infinities only.
"""

import math
import re
from fractions import Fraction

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*|\.\d+)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|\$\{(?P<name>\w+)\}"
    r"|(?P<sign><=|>=|!=|[=<>+*(),-])|(?P<word>[a-z][a-z-]*))"
)
DECIMAL = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


class Unsupported(Exception):
    """An expression that this small evaluator does not know."""


def number_of(value):
    """To number; NaN where it is none."""
    if isinstance(value, list):
        return number_of(value[0] if value else "")
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, (Fraction, float)):
        return value
    text = value.strip()
    return Fraction(text) if DECIMAL.fullmatch(text) else math.nan


def truth_of(value):
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, float):
        return not math.isnan(value)
    return bool(value)


def text_of(value):
    """To text: whole numbers without a fraction, others with at most 15 significant digits, half-up."""
    if isinstance(value, list):
        return text_of(value[0] if value else "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, Fraction):
        return str(value)
    if value.denominator == 1:
        return str(value.numerator)
    places = 15 - (len(str(abs(int(value)))) if abs(value) >= 1 else 1 - math.ceil(-math.log10(abs(value))))
    places = max(places, 0)
    scaled = (value * 10**places + Fraction(1, 2)).__floor__()
    digits = str(abs(scaled)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return f"-{text}" if scaled < 0 else text


def equal(left, right):
    left, right = (v[0] if isinstance(v, list) and v else "" if v == [] else v for v in (left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return truth_of(left) == truth_of(right)
    if isinstance(left, (Fraction, float)) or isinstance(right, (Fraction, float)):
        return number_of(left) == number_of(right)
    return left == right


def calculate(sign, left, right):
    left, right = number_of(left), number_of(right)
    if isinstance(left, float) or isinstance(right, float):
        return math.nan
    if sign in ("div", "mod") and right == 0:
        return math.inf if sign == "div" and left > 0 else -math.inf if sign == "div" and left < 0 else math.nan
    if sign == "mod":
        return left - right * int(left / right)
    return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "div": left.__truediv__}[sign](right)


def compare(sign, left, right):
    left, right = number_of(left), number_of(right)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]


def numbers(values):
    """The numbers of a list (or of several arguments), empty ones passed over."""
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [number for number in map(number_of, flat) if isinstance(number, Fraction)]


FUNCTIONS = {
    "not": lambda a: not truth_of(a),
    "true": lambda: True,
    "false": lambda: False,
    "number": number_of,
    "string": text_of,
    "selected": lambda a, b: text_of(b).strip() in text_of(a).split(" "),
    "count-selected": lambda a: Fraction(len(text_of(a).split())),
    "count": lambda a: Fraction(len(a)),
    "count-non-empty": lambda a: Fraction(sum(value != "" for value in a)),
    "sum": lambda a: sum(numbers([a]), Fraction(0)),
    "min": lambda *a: min(numbers(a), default=""),
    "max": lambda *a: max(numbers(a), default=""),
    "coalesce": lambda a, b: b if a == "" or (isinstance(a, float) and math.isnan(a)) else a,
    "concat": lambda *a: "".join(text_of(value) for value in a),
    "string-length": lambda a: Fraction(len(text_of(a))),
}


class Expression:
    """A parsed expression: nested tuples of what to do and with what."""

    def __init__(self, source):
        self.source, self.tokens = source, []
        at = 0
        while at < len(source.rstrip()):
            found = TOKEN.match(source, at)
            if not found:
                raise Unsupported(f"{source}: {source[at:]}")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.root = self.level(0)
        if self.tokens:
            raise Unsupported(f"{source}: {self.tokens[0][1]}")

    def next_is(self, *texts):
        return bool(self.tokens) and self.tokens[0][0] in ("sign", "word") and self.tokens[0][1] in texts

    def level(self, depth):
        if depth == len(LEVELS):
            return self.unary()
        left = self.level(depth + 1)
        while self.next_is(*LEVELS[depth]):
            sign = self.tokens.pop(0)[1]
            left = ("operator", sign, left, self.level(depth + 1))
        return left

    def unary(self):
        if self.next_is("-"):
            self.tokens.pop(0)
            return ("operator", "-", ("value", Fraction(0)), self.unary())
        if not self.tokens:
            raise Unsupported(f"{self.source}: it ends too soon")
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return ("value", Fraction(text))
        if kind in ("single", "double"):
            return ("value", text)
        if kind == "name":
            return ("name", text)
        if text == "(":
            inner = self.level(0)
            self.expect(")")
            return inner
        if kind == "word" and (text in FUNCTIONS or text in ("if", "is-unknown")):
            return ("call", text, self.arguments())
        raise Unsupported(f"{self.source}: {text}")

    def arguments(self):
        self.expect("(")
        found = []
        while not self.next_is(")"):
            found.append(self.level(0))
            if not self.next_is(")"):
                self.expect(",")
        self.expect(")")
        return found

    def expect(self, sign):
        if not self.next_is(sign):
            raise Unsupported(f"{self.source}: expected {sign}")
        self.tokens.pop(0)

    def question(self):
        """The question, where the expression is nothing else."""
        return self.root[1] if self.root[0] == "name" else None

    def names(self):
        found, left = set(), [self.root]
        while left:
            node = left.pop()
            if node[0] == "name":
                found.add(node[1])
            left.extend(node[2:] if node[0] == "operator" else node[2] if node[0] == "call" else [])
        return found

    def holds(self, response, over, place):
        return truth_of(self.value(response, over, place))

    def value(self, response, over, place):
        return self.evaluated(self.root, response, over, place)

    def evaluated(self, node, *here):
        if node[0] == "value":
            return node[1]
        if node[0] == "name":
            return here[0].value(node[1], *here[1:])
        if node[0] == "operator":
            return self.operator(node, *here)
        _, name, arguments = node
        if name == "is-unknown":
            return here[0].status(arguments[0][1], *here[1:]) == "NW"
        if name == "if":
            chosen = arguments[1] if truth_of(self.evaluated(arguments[0], *here)) else arguments[2]
            return self.evaluated(chosen, *here)
        return FUNCTIONS[name](*(self.evaluated(argument, *here) for argument in arguments))

    def operator(self, node, *here):
        _, sign, left, right = node
        left = self.evaluated(left, *here)
        if sign in ("and", "or") and truth_of(left) == (sign == "or"):
            return sign == "or"
        right = self.evaluated(right, *here)
        if sign in ("and", "or"):
            return truth_of(right)
        if sign in ("=", "!="):
            return equal(left, right) == (sign == "=")
        return compare(sign, left, right) if sign in LEVELS[3] else calculate(sign, left, right)
