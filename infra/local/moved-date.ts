/**
 * Makes `Date` in this thread read the runner's clock. Call it before any other module is loaded.
 *
 * Not a subclass: dates that Node itself makes (file times, structured clones) must stay `instanceof Date`,
 * so the replacement shares the real prototype.
 */
export function moveDate(shared: SharedArrayBuffer): void {
  const Real = globalThis.Date;
  const offset = new Float64Array(shared);
  const now = () => Real.now() + (offset[0] ?? 0);
  function moved(...args: unknown[]): Date | string {
    if (new.target === undefined) return new Real(now()).toString();
    return Reflect.construct(Real, args.length === 0 ? [now()] : args, new.target);
  }
  Object.defineProperties(moved, {
    name: { value: 'Date' },
    length: { value: Real.length },
    prototype: { value: Real.prototype },
    now: { value: now, writable: true, configurable: true },
    parse: { value: Real.parse, writable: true, configurable: true },
    UTC: { value: Real.UTC, writable: true, configurable: true },
  });
  Object.defineProperty(Real.prototype, 'constructor', { value: moved, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'Date', { value: moved, writable: true, configurable: true });
}
