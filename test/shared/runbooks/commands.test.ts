import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpCall, httpLine } from '../../../shared/runbooks/http-line.ts';
import { isRefused, onlyReads, type Parsed, parseCommand } from '../../../shared/runbooks/index.ts';
import { kubectlCall, kubectlLine } from '../../../shared/runbooks/kubectl-line.ts';
import { shellWords } from '../../../shared/runbooks/shell-words.ts';
import { anyText } from '../../support/any-text.ts';

const value = <Value>(parsed: Parsed<Value>): Value => {
  if (isRefused(parsed)) throw new Error(parsed.refused);
  return parsed.value;
};
const refusal = (parsed: Parsed<unknown>): string => (isRefused(parsed) ? parsed.refused : 'not refused');
const kubectl = (text: string, values: Readonly<Record<string, string>> = {}) => {
  const line = kubectlLine(text);
  return isRefused(line) ? line : kubectlCall(line.value, new Map(Object.entries(values)));
};

describe('the command of a step', () => {
  it('takes any text, and gives a value or a reason', () => {
    const kinds = fc.constantFrom(
      '',
      'http:',
      'http:GET|',
      'kubectl:kubectl ',
      'kubectl:',
      'lambda:',
      'ssm:',
      'wait:',
    );
    fc.assert(
      fc.property(kinds, anyText(80), (kind, text) => {
        const parsed = parseCommand(kind + text);
        expect(isRefused(parsed) ? parsed.refused.length : Object.keys(parsed.value).length).toBeGreaterThan(
          0,
        );
      }),
    );
  });

  it.each([
    ['http:GET|/health', 'http'],
    ['http:POST|https://api.example.com/drain|{"minutes":5}', 'http'],
    ['kubectl:kubectl rollout restart deployment/api-service', 'kubectl'],
    [
      'kubectl:kubectl patch service api-service -p \'{"spec":{"selector":{"version":"maintenance"}}}\'',
      'kubectl',
    ],
    ['lambda:restart-cache|{"name":"{{incident.service}}"}', 'lambda'],
    ['ssm:AWS-RestartEC2Instance|{"InstanceId":["i-1"]}', 'ssm'],
    ['wait:5m', 'wait'],
    ['approval:Shall we go on?', 'approval'],
  ])('is understood: %s', (text, kind) => {
    expect(value(parseCommand(text)).kind).toBe(kind);
  });

  it.each([
    ['rm -rf /', /no kind of command/],
    ['http:BREW|/tea', /no method/],
    ['http:GET|/health|{}', /no body/],
    ['http:GET|//evil.example.com/x', /one slash/],
    ['http:GET|https://{{incident.title}}/x', /name of a host/],
    ['http:GET|file:///etc/passwd', /neither a path/],
    ['kubectl:rm -rf /', /begins with kubectl/],
    ['ssm:Doc|["a"]', /texts or lists/],
    ['lambda:a b', /no name/],
    ['lambda:x|{', /not JSON/],
    ['wait:0s', /no time/],
    ['wait:25h', /no time/],
    ['http:GET|/x/{{process.env}}', /names nothing/],
  ])('is refused with a reason: %s', (text, why) => {
    expect(refusal(parseCommand(text))).toMatch(why);
  });

  it('tells what only looks from what changes something', () => {
    const reads = (text: string) => onlyReads(value(parseCommand(text)));
    expect(
      ['http:GET|/x', 'kubectl:kubectl get pods', 'kubectl:kubectl rollout status deploy/x'].map(reads),
    ).toEqual([...[true, true, true]]);
    expect(['http:POST|/x', 'kubectl:kubectl cordon n', 'lambda:x', 'ssm:Doc'].map(reads)).toEqual([
      ...[false, false, false, false],
    ]);
  });
});

describe('words as a shell splits them, without one', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
    [`'{"x":"y"}'`, ['{"x":"y"}']],
    [String.raw`a\ b "q\"q" 'a\b'`, ['a b', 'q"q', String.raw`a\b`]],
    [`''`, ['']],
    [`x'y'"z"`, ['xyz']],
  ])('%s', (text, words) => {
    expect(value(shellWords(text))).toEqual(words);
  });

  it.each(['a; b', 'a | b', 'a && b', '$(id)', '`id`', 'a > b', '"$HOME"', "'open", '"open', 'a\nb', 'a\\'])(
    'are refused where a shell would do something, or a quote stays open: %j',
    (text) => {
      expect(isRefused(shellWords(text))).toBe(true);
    },
  );

  it('are those that were quoted, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 6 }), (words) => {
        const line = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
        expect(value(shellWords(line))).toEqual(words);
      }),
    );
  });
});

describe('kubectl', () => {
  it.each([
    ['kubectl get pods', { verb: 'get', namespace: 'default' }],
    ['kubectl get deploy/api -n web', { verb: 'get', name: 'api', namespace: 'web' }],
    ['kubectl get pods -l app=api,tier!=x', { verb: 'get' }],
    ['kubectl logs api-1 -c app --tail=20 --since 5m -p', { verb: 'logs', name: 'api-1' }],
    ['kubectl scale deployment api --replicas=3', { verb: 'scale', name: 'api' }],
    ['kubectl cordon node-1', { verb: 'cordon', name: 'node-1' }],
    ['kubectl rollout undo deployment/api --to-revision=2', { verb: 'rollout undo' }],
  ])('is understood: %s', (text, call) => {
    expect(value(kubectl(text))).toMatchObject(call);
  });

  it.each([
    ...['kubectl delete pod x', 'kubectl exec x -- sh', 'kubectl port-forward x 80', 'kubectl apply -f x'],
    ...['kubectl get secrets', 'kubectl get pods --kubeconfig=/etc/x', 'kubectl get pods --as=admin'],
    ...['kubectl get pods --token=x', 'kubectl --server=https://evil get pods', 'kubectl get pods -A'],
    ...['kubectl get ../../nodes', 'kubectl get pod/../x', 'kubectl get pods -n ../kube-system'],
    ...['kubectl scale deployment api', 'kubectl patch svc api', 'kubectl patch svc api -p x'],
    ...['kubectl rollout restart', 'kubectl rollout undo sts/x', 'kubectl get pods a b', 'kubectl'],
  ])('[F50] is refused: %s', (text) => {
    expect(isRefused(kubectl(text))).toBe(true);
  });

  const hostile = [
    '; rm -rf /',
    '$(id)',
    '`id`',
    'a\nb',
    '--kubeconfig=/x',
    '-n',
    '../secret',
    "' --as=admin '",
    '{{run.id}}',
  ];

  it.each(hostile)('[F49] takes a value as one argument or not at all: %j', (title) => {
    const call = kubectl('kubectl get pods {{incident.title}}', { 'incident.title': title });
    expect(isRefused(call)).toBe(true);
    const flag = kubectl('kubectl get pods -n {{incident.title}}', { 'incident.title': title });
    expect(isRefused(flag)).toBe(true);
  });

  it('[F49] knows no {{alert.title}}: a title comes by {{incident.title}}, and a step that names another is not saved', () => {
    expect(refusal(parseCommand('kubectl:kubectl get pods {{alert.title}}'))).toMatch(
      /names nothing; templates know incident\.id, incident\.name, incident\.title/,
    );
  });

  it('[F49] puts whatever value into a text of a patch, and never beside it', () => {
    const text = `kubectl patch svc api -p '{"metadata":{"annotations":{"why":"{{incident.title}}"}}}'`;
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...hostile, '"}}},"x":{"y":"')), (title) => {
        const { flags } = value(kubectl(text, { 'incident.title': title }));
        expect(JSON.parse(flags.get('patch') ?? '')).toEqual({ metadata: { annotations: { why: title } } });
      }),
    );
  });

  it('[F49] lets no value choose what is done', () => {
    const values = { 'incident.title': 'delete' };
    expect(isRefused(kubectl('kubectl {{incident.title}} pods', values))).toBe(true);
    expect(isRefused(kubectl('kubectl get {{incident.title}}', values))).toBe(true);
  });
});

describe('http', () => {
  it('[F49] puts whatever value into one part of the path or query', () => {
    const line = value(httpLine('GET|/users/{{incident.title}}/x?q={{incident.title}}'));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        fc.pre(title !== '.' && title !== '..');
        const call = httpCall(line, new Map([['incident.title', title]]), 'https://api.example.com/');
        const url = new URL(value(call).url);
        expect(url.origin).toBe('https://api.example.com');
        expect(url.searchParams.get('q')).toBe(title);
      }),
    );
  });

  it('has a base address for a path, or says who sets one', () => {
    const line = value(httpLine('GET|/health'));
    expect(value(httpCall(line, new Map(), 'https://a.example.com')).url).toBe(
      'https://a.example.com/health',
    );
    expect(refusal(httpCall(line, new Map(), undefined))).toContain('baseUrl');
  });

  it.each([
    ['GET|/a/{{incident.title}}/b', '..', true],
    ['GET|/a/{{incident.title}}', '.', true],
    ['GET|/a/.{{incident.title}}/b', '.', true],
    ['GET|/a/%2e{{ incident.title }}/b', '.', true],
    ['GET|https://api.example.com/a/{{incident.title}}?x=1', '..', true],
    ['GET|/a/{{incident.title}}', '...', false],
    ['GET|/a/v{{incident.title}}', '..', false],
    ['GET|/a?to=/{{incident.title}}/', '..', false],
    ['GET|/a/../{{incident.title}}', 'b', false],
  ])('a value never climbs in a path: %s with %s', (text, title, is) => {
    const call = httpCall(
      value(httpLine(text)),
      new Map([['incident.title', title]]),
      'https://a.example.com',
    );
    expect('refused' in call).toBe(is);
  });

  it('has no value where the run has none', () => {
    const line = value(httpLine('GET|/x/{{incident.service}}'));
    expect(refusal(httpCall(line, new Map(), 'https://a.example.com'))).toContain('has no value');
  });
});
