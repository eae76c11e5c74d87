const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The day of a point in time, where the hour does not matter. */
export function Day({ at }: { readonly at: string }) {
  return <time dateTime={at}>{day.format(new Date(at))}</time>;
}
