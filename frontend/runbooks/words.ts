import type { RunStep, RunSummary, StepAnswer } from './use-runbooks.ts';

export const kindWords: Readonly<Record<RunStep['kind'], string>> = {
  manual: 'By hand',
  approval: 'Question',
  wait: 'Wait',
  http: 'HTTP',
  kubectl: 'Kubernetes',
  lambda: 'Function',
  ssm: 'Automation',
};

export const runWords: Readonly<Record<RunSummary['state'], string>> = {
  running: 'Running',
  waiting: 'Waits for somebody',
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Ended before its end',
};

/** How a step stands, in a few words. */
export function stepText({ status, waitsFor }: RunStep): string {
  switch (status) {
    case 'pending':
      return 'To come';
    case 'started':
      return 'At work';
    case 'succeeded':
      return 'Done';
    case 'failed':
      return 'Failed';
    case 'skipped':
      return 'Skipped';
    case 'waiting':
      return waitsFor === undefined ? 'Waiting' : waitWords[waitsFor];
  }
}

const waitWords: Readonly<Record<NonNullable<RunStep['waitsFor']>, string>> = {
  person: 'To be done by hand',
  approval: 'Waits for an approval',
  time: 'Waits',
  retry: 'Will be tried again',
  poll: 'Is watched',
  unknown: 'May have happened or not: look',
};

/** What a button says, by what the step waits for. */
export function answerText(answer: StepAnswer, waitsFor: RunStep['waitsFor']): string {
  const isUnknown = waitsFor === 'unknown';
  switch (answer) {
    case 'done':
      return isUnknown ? 'It happened' : 'Done';
    case 'failed':
      return isUnknown ? 'Give up' : 'It failed';
    case 'skip':
      return 'Skip';
    case 'approve':
      return 'Approve';
    case 'refuse':
      return 'Refuse';
    case 'again':
      return 'Carry out again';
  }
}

/** What is shown of a rate from 0 to 1. */
export const percent = (rate: number): string => `${Math.round(rate * 100)} %`;
