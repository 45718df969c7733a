"""Rows are multiplied alike wherever they stand, in whatever layout that takes."""

import numpy as np
import pytest

from align.encoders import DEFAULT_ENCODER, model_card, row_products
from align.encoders.row_products import LAYOUTS, Layout, trusted_layout
from align.encoders.use_multilingual import UseEncoder

MORE = (Layout((5,)), Layout((9, 4), edge=1), Layout((6,), edge=2, rows_last=True))


def numbers(*shape):
    return np.random.default_rng(sum(shape)).standard_normal(shape, np.float32)


@pytest.mark.parametrize("layout", [*LAYOUTS, *MORE])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 64, 65, 300, 600])
def test_every_row_is_multiplied(layout, count):
    rows, matrix = numbers(count, 12), numbers(12, 10)
    np.testing.assert_allclose(layout.of(rows, matrix), rows @ matrix, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("layout", [*LAYOUTS, *MORE])
def test_the_result_may_be_a_part_of_a_wider_array(layout):
    rows, matrix, wide = numbers(90, 12), numbers(12, 10), np.ones((90, 30), np.float32)
    layout.of(rows, matrix, wide[:, 10:20])
    np.testing.assert_allclose(wide[:, 10:20], rows @ matrix, rtol=1e-4, atol=1e-5)
    assert (wide[:, :10] == 1).all()
    assert (wide[:, 20:] == 1).all()


def test_in_the_trusted_layout_every_row_is_the_same_alone_and_among_others():
    matrix = numbers(320, 256)
    layout = trusted_layout([matrix])
    if layout is None:
        pytest.skip("the linear algebra of this machine sums rows in no known way")
    rows = numbers(700, 320)
    together = layout.of(rows, matrix)
    for first, last in ((0, 1), (3, 4), (200, 330), (650, 700)):
        np.testing.assert_array_equal(layout.of(rows[first:last], matrix), together[first:last])


class Unlike(Layout):
    """Sums every twelfth row in another way."""

    def multiply(self, buffer, count, matrix, out):
        super().multiply(buffer, count, matrix, out)
        out[6::12] = np.nextafter(out[6::12], np.float32(9))


def test_a_layout_that_sums_rows_otherwise_is_not_trusted(monkeypatch):
    usual = Layout((7,))
    monkeypatch.setattr(row_products, "LAYOUTS", (Unlike((64,)), usual))
    matrix = np.eye(4, dtype=np.float32)  # nothing to be summed in one way or another
    assert trusted_layout([matrix]) is usual
    monkeypatch.setattr(row_products, "LAYOUTS", (Unlike((64,)),))
    assert trusted_layout([matrix]) is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_encoder_is_right_in_every_layout(monkeypatch, layout):
    texts = ["The ferry left.", "渡し船は出た。", "", "a" * 900]
    expected = UseEncoder(model_card(DEFAULT_ENCODER)).encode(texts)
    encoder = UseEncoder(model_card(DEFAULT_ENCODER))
    monkeypatch.setattr(encoder._network, "_layout", layout)
    monkeypatch.setattr(encoder._network, "_spare_table", [])
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-5)
