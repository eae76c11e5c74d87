import { useState } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import type { Scope } from './checked.ts';
import type { Upload } from './upload.ts';

/** What a draft would have made of signals, beside what is in force. */
export type Trial = Answer<(typeof configurationApi)['simulate']>;

/** The signals that a draft is tried on. */
export type Played = { readonly days: number } | { readonly upload: Upload };

/** Tries a draft; the last answer stays, with the text that it is about. */
export function useTrial(api: Api, scope: Scope, onTried: (text: string) => void) {
  const [tried, setTried] = useState<{ readonly text: string; readonly trial: Trial }>();
  const { busy, problem, run } = useTask();
  const simulate = (text: string, value: unknown, played: Played) =>
    run(async () => {
      const body = { [scope]: value, ...played };
      setTried({ text, trial: await api.call<Trial>('/api/rules/simulate', { method: 'POST', body }) });
      onTried(text);
    });
  return { tried, busy, problem, simulate };
}
