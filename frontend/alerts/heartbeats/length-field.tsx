import { NativeSelect, TextInput } from '@mantine/core';
import { type Length, unitMinutes } from './heartbeat-draft.ts';

export interface LengthFieldProps {
  readonly label: string;
  readonly description: string;
  readonly length: Length;
  readonly error?: string | undefined;
  onChange(length: Length): void;
}

const units = Object.keys(unitMinutes) as readonly Length['unit'][];

/** A length of time: how many of what. */
export function LengthField({ label, description, length, error, onChange }: LengthFieldProps) {
  return (
    <TextInput
      {...{ label, description, error }}
      inputMode="numeric"
      autoComplete="off"
      required
      withAsterisk={false}
      value={length.count}
      onChange={({ target }) => onChange({ ...length, count: target.value })}
      inputContainer={(input) => (
        <div className="length-field">
          {input}
          <NativeSelect
            aria-label={`Unit of “${label}”`}
            value={length.unit}
            data={[...units]}
            onChange={({ target }) =>
              onChange({ ...length, unit: units.find((one) => one === target.value) ?? 'minutes' })
            }
          />
        </div>
      )}
    />
  );
}
