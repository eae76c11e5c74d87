import * as z from 'zod';
import { lineText } from '../api/index.ts';
import { patternFault } from '../kernel/index.ts';
import { type Command, isEffect, onlyReads, parseCommand } from './command.ts';
import { parseCondition } from './condition.ts';
import type { Parsed } from './parsed.ts';
import { namesIn, stepNamed } from './template.ts';
import { testCase } from './test-case.ts';

/** Names of runbooks and of their steps, as people choose them. */
export const runbookId = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'letters, digits, dot, dash and underscore, 100 at most');
const stepId = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,63}$/, 'letters, digits, dash and underscore, 64 at most');

/** A text that one of our parsers takes; a refusal says why in its words. */
const readable = (max: number, read: (text: string) => Parsed<unknown>) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .superRefine((text, context) => {
      const parsed = read(text);
      if ('refused' in parsed) context.addIssue({ code: 'custom', message: parsed.refused });
    });

const pattern = z
  .string()
  .min(1)
  .max(200)
  .superRefine((text, context) => {
    const fault = patternFault(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

const address = z
  .string()
  .trim()
  .max(300)
  .refine(isBase, 'Expected an address without user, query or fragment, such as https://api.example.com');

/** What an HTTP step expects of the answer; left out, a status from 200 to 299. */
const expectation = z.strictObject({
  status: z.union([z.int().min(100).max(599), z.array(z.int().min(100).max(599)).min(1).max(20)]).optional(),
  contains: z.string().min(1).max(500).optional(),
  matches: pattern.optional(),
});

export type Expectation = z.infer<typeof expectation>;

const step = z.strictObject({
  id: stepId,
  title: lineText(200),
  description: z.string().max(2_000).default(''),
  command: readable(4_000, parseCommand).optional(),
  order: z.number().min(0).max(100_000),
  /** Whether the command runs by itself; without, somebody else approves it first. */
  automatable: z.boolean().default(false),
  /** Seconds that it may take in all. */
  timeout: z.int().min(1).max(3_600).optional(),
  /** How often it is tried again after a failure. */
  retries: z.int().min(0).max(5).optional(),
  /** That it may be carried out twice although it changes something. */
  repeatable: z.boolean().optional(),
  continueOnFailure: z.boolean().optional(),
  /** Seconds that an approval is waited for. */
  approvalTimeout: z.int().min(10).max(86_400).optional(),
  expect: expectation.optional(),
  /** The cluster of a `kubectl:` command. */
  cluster: z.string().min(1).max(63).optional(),
});

/** A step of a runbook. */
export type Step = z.infer<typeof step>;

const metadata = z.strictObject({
  /** Minutes. */
  estimatedTime: z.number().min(0).max(10_000).optional(),
  skillLevel: z.string().max(50).optional(),
  lastTested: z.iso.datetime({ offset: true }).optional(),
  /** What the author says, from 0 to 1; what runs showed is told beside it. */
  successRate: z.number().min(0).max(1).optional(),
});

/** A runbook as its author writes it; times are ISO texts. */
export const runbookFields = z.strictObject({
  id: runbookId,
  title: lineText(200),
  description: z.string().max(4_000).default(''),
  category: z.string().max(100).default(''),
  tags: z.array(lineText(50)).max(20).default([]),
  steps: z.array(step).min(1).max(30),
  triggers: z
    .strictObject({
      alertPatterns: z.array(pattern).max(10).default([]),
      conditions: z.array(readable(300, parseCondition)).max(10).default([]),
    })
    .default({ alertPatterns: [], conditions: [] }),
  metadata: metadata.default({}),
  createdAt: z.iso.datetime({ offset: true }).optional(),
  updatedAt: z.iso.datetime({ offset: true }).optional(),
  /** What the author calls this version. */
  version: z.string().max(50).default('1.0'),
  /** Where the paths of `http:` steps begin. */
  baseUrl: address.optional(),
  /** The cluster of `kubectl:` steps that name none. */
  cluster: z.string().min(1).max(63).optional(),
  /** Whether whoever started a run may approve its steps. */
  selfApproval: z.boolean().default(false),
  test: z.array(testCase).max(20).default([]),
});

export type Runbook = z.infer<typeof runbookFields>;

/** A runbook whose parts agree with each other. */
export const runbookSchema = runbookFields.superRefine((runbook, context) => {
  for (const { path, message } of runbookFaults(runbook))
    context.addIssue({ code: 'custom', path: [...path], message });
});

/** The steps in the order in which they are taken. */
export const inOrder = ({ steps }: Pick<Runbook, 'steps'>): readonly Step[] =>
  [...steps].sort((a, b) => a.order - b.order);

/** What a step does. Its command was read when it was stored; one that a newer version wrote is done by hand. */
export function commandOf({ command }: Pick<Step, 'command'>): Command {
  const parsed = command === undefined ? undefined : parseCommand(command);
  return parsed === undefined || 'refused' in parsed ? { kind: 'manual' } : parsed.value;
}

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function runbookFaults(runbook: Runbook): readonly Fault[] {
  const before = new Set<string>();
  const faults = inOrder(runbook).flatMap((step) => {
    const at = ['steps', runbook.steps.indexOf(step)];
    const found = [
      ...(before.has(step.id)
        ? [{ path: [...at, 'id'], message: `The id '${step.id}' is there twice` }]
        : []),
      ...namesIn(step.command ?? '').flatMap((name) => {
        const other = stepNamed(name);
        if (other === undefined || before.has(other)) return [];
        return [{ path: [...at, 'command'], message: `No step '${other}' comes before this one` }];
      }),
      ...repeatFaults(step).map((message) => ({ path: [...at, 'retries'], message })),
    ];
    before.add(step.id);
    return found;
  });
  const tested = runbook.test.flatMap(({ given, expect }, t) =>
    [...Object.keys(given.steps), ...(expect.steps ?? [])]
      .filter((id) => !before.has(id))
      .map((id) => ({ path: ['test', t], message: `There is no step '${id}'` })),
  );
  return [...faults, ...tested];
}

function repeatFaults(step: Step): readonly string[] {
  const command = commandOf(step);
  if ((step.retries ?? 0) === 0 || mayRepeat(step)) return [];
  return isEffect(command)
    ? ['What changes something is tried again only where `repeatable` says that it may happen twice']
    : ['Only a command is tried again'];
}

/** Whether a step may be carried out twice: it only looks, or its author says so. */
export const mayRepeat = (step: Step): boolean => {
  const command = commandOf(step);
  return isEffect(command) && (step.repeatable ?? onlyReads(command));
};

/** Whether somebody approves a step before it is carried out. */
export function needsApproval(step: Step): boolean {
  const command = commandOf(step);
  return command.kind === 'approval' || (isEffect(command) && !step.automatable);
}

function isBase(url: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(url) || /[?#]/.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}
