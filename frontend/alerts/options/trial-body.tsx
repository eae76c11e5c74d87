import { NativeSelect, Textarea } from '@mantine/core';
import type { Instant } from '../../../shared/kernel/index.ts';
import type { Api } from '../../api/use-api.ts';
import { type Delivery, useDeliveries } from '../use-integration.ts';
import type { Integration } from '../use-integrations.ts';

/** A body that a mapping is tried with, and when it came: what it says of the time is judged by that. */
export interface TriedBody {
  readonly text: string;
  readonly at: Instant;
}

export interface TrialBodyProps {
  readonly api: Api;
  readonly id: Integration['id'];
  readonly tried: TriedBody;
  readonly error: string | undefined;
  /** Another text stands there: one that was received then, or one that comes just now. */
  onText(text: string, receivedAt?: Instant): void;
}

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A body to try a mapping with: pasted, or one that was kept. */
export function TrialBody({ api, id, tried, error, onText }: TrialBodyProps) {
  const kept = useDeliveries(api, id).value?.items.filter(({ cut }) => !cut) ?? [];
  const words = kept.map(({ receivedAt, status }) => {
    const outcome = status < 300 ? 'taken' : `refused with ${status}`;
    return `${clock.format(new Date(receivedAt))}, ${outcome}`;
  });
  const choose = (at: number) => {
    const { body = '', receivedAt } = kept[at] ?? {};
    onText(body, receivedAt === undefined ? undefined : Date.parse(receivedAt));
  };
  const isTried = ({ body, receivedAt }: Delivery) =>
    body === tried.text && Date.parse(receivedAt) === tried.at;
  return (
    <>
      {kept.length > 0 && (
        <NativeSelect
          label="Try it with what was sent last"
          value={String(kept.findIndex(isTried))}
          data={[
            { value: '-1', label: 'Choose one, or paste a body below' },
            ...words.map((label, at) => ({ value: String(at), label })),
          ]}
          onChange={({ target }) => choose(Number(target.value))}
        />
      )}
      <Textarea
        className="code-field"
        label="A body to try it with"
        description="As the sender posts it. It stays in this page and is sent nowhere."
        {...{ rows: 6, spellCheck: false, resize: 'vertical', value: tried.text, error }}
        onChange={({ target }) => onText(target.value)}
      />
    </>
  );
}
