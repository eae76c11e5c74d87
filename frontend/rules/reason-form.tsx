import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

export interface ReasonFormProps {
  readonly reason: string;
  /** What its button does, such as `Put in force`. */
  readonly verb: string;
  /** What the button says that does nothing. */
  readonly leave: string;
  /** It takes something back. @default false */
  readonly isGrave?: boolean;
  readonly busy: boolean;
  /** Whether what it does is known. */
  readonly isReady: boolean;
  onReason(reason: string): void;
  onSend(reason: string): void;
  onLeave(): void;
}

/** Asks for the reason of a change of the configuration, and whether it shall be. */
export function ReasonForm({ reason, verb, leave, isGrave = false, busy, isReady, ...on }: ReasonFormProps) {
  const [tried, setTried] = useState(false);
  const said = reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (said !== '' && isReady && !busy) on.onSend(said);
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        className="whole"
        label="Why"
        description="For those who read the versions."
        maxLength={500}
        value={reason}
        error={tried && said === '' ? 'Say why.' : undefined}
        onChange={({ target }) => on.onReason(target.value)}
      />
      <div className="dialog-actions">
        <Button variant="default" onClick={on.onLeave}>
          {leave}
        </Button>
        <Button type="submit" aria-disabled={busy || !isReady} {...(isGrave && { color: 'red' })}>
          {busy ? 'One moment …' : verb}
        </Button>
      </div>
    </form>
  );
}
