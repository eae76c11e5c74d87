import { lazy, Suspense, useState } from 'react';
import { Waiting } from '../../ui/waiting.tsx';
import type { Integration } from '../use-integrations.ts';
import type { OptionsFormProps } from './options-form.tsx';

// With the check and the translator of the API: loaded by who wants to change something.
const OptionsForm = lazy(async () => ({ default: (await import('./options-form.tsx')).OptionsForm }));

const titles: Partial<Record<Integration['source'], string>> = {
  generic: 'Where its bodies say what',
  cloudwatch: 'Topics and alarms',
  eventbridge: 'Alarms with too few data',
};

/** The options of an integration, closed until somebody wants them; nothing where its source has none. */
export function OptionsFold(props: OptionsFormProps) {
  const [wasOpen, setWasOpen] = useState(false);
  const { source, options } = props.integration;
  const title = titles[source];
  if (title === undefined) return null;
  return (
    <details onToggle={() => setWasOpen(true)}>
      <summary>
        {title}
        {Object.keys(options).length > 0 && <span className="soft"> (set)</span>}
      </summary>
      {wasOpen && (
        <Suspense fallback={<Waiting what="the form" />}>
          <OptionsForm {...props} />
        </Suspense>
      )}
    </details>
  );
}
