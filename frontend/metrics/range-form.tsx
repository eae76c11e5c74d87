import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { type Asked, metricsAddress } from './asked.ts';
import { type Range, rangeFault } from './range.ts';

export interface RangeFormProps {
  readonly asked: Asked;
  /** What the fields begin with. */
  readonly shown: Range;
}

/** Any days, first to last; they go into the address, so that a link shows the same. */
export function RangeForm({ asked, shown }: RangeFormProps) {
  const [range, setRange] = useState(shown);
  // A range that came with the address is judged at once.
  const [judged, setJudged] = useState(asked.range !== undefined);
  const [, go] = useLocation();
  const fault = judged ? rangeFault(range) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setJudged(true);
    if (rangeFault(range) === undefined) go(metricsAddress({ ...asked, range }));
  };
  const field = (name: keyof Range, label: string) => (
    <TextInput
      {...{ label, type: 'date', value: range[name] }}
      aria-invalid={fault !== undefined}
      aria-describedby={fault === undefined ? undefined : 'range-fault'}
      onChange={({ target }) => setRange({ ...range, [name]: target.value })}
    />
  );
  return (
    <form className="range" onSubmit={submit} noValidate aria-label="Any days">
      {field('from', 'From')}
      {field('to', 'To, that day included')}
      <Button type="submit" variant="default">
        Show these days
      </Button>
      {fault !== undefined && (
        <p id="range-fault" role="alert" className="alarm">
          {fault}
        </p>
      )}
    </form>
  );
}
