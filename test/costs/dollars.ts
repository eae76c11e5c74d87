/** US dollars with two significant digits, at least to the cent where it is more than one. */
export function dollars(amount: number): string {
  if (amount >= 100) return amount.toFixed(0);
  if (amount >= 0.095 || amount === 0) return amount.toFixed(2);
  return Number(amount.toPrecision(2)).toString();
}

/** An amount with about three digits, and commas in what is large. */
export function amount(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toString();
}
