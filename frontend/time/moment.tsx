const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A point in time on the reader's clock, with its date unless it is today. */
export function Moment({ at, now }: { readonly at: string; readonly now: number }) {
  const when = new Date(at);
  const isToday = when.toDateString() === new Date(now).toDateString();
  return (
    <time dateTime={at} title={whole.format(when)}>
      {(isToday ? clock : whole).format(when)}
    </time>
  );
}
