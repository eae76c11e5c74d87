import { NativeSelect, Textarea } from '@mantine/core';
import type { Api } from '../../api/use-api.ts';
import { useDeliveries } from '../use-integration.ts';
import type { Integration } from '../use-integrations.ts';

export interface TrialBodyProps {
  readonly api: Api;
  readonly id: Integration['id'];
  readonly text: string;
  readonly error: string | undefined;
  onText(text: string): void;
}

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A body to try a mapping with: pasted, or one that was kept. */
export function TrialBody({ api, id, text, error, onText }: TrialBodyProps) {
  const kept = useDeliveries(api, id).value?.items.filter(({ cut }) => !cut) ?? [];
  const words = kept.map(({ receivedAt, status }) => {
    const outcome = status < 300 ? 'taken' : `refused with ${status}`;
    return `${clock.format(new Date(receivedAt))}, ${outcome}`;
  });
  return (
    <>
      {kept.length > 0 && (
        <NativeSelect
          label="Try it with what was sent last"
          value={String(kept.findIndex(({ body }) => body === text))}
          data={[
            { value: '-1', label: 'Choose one, or paste a body below' },
            ...words.map((label, at) => ({ value: String(at), label })),
          ]}
          onChange={({ target }) => onText(kept[Number(target.value)]?.body ?? '')}
        />
      )}
      <Textarea
        className="code-field"
        label="A body to try it with"
        description="As the sender posts it. It stays in this page and is sent nowhere."
        {...{ rows: 6, spellCheck: false, resize: 'vertical', value: text, error }}
        onChange={({ target }) => onText(target.value)}
      />
    </>
  );
}
