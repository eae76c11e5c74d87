import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody, parseQuery } from '../../../functions/alerts/parse-body.ts';
import { Refusal } from '../../../shared/kernel/index.ts';

const urlForm = 'application/x-www-form-urlencoded; charset=UTF-8';
const mark = '------------------------d74496d66958873e';
const multipart = `multipart/form-data; boundary=${mark}`;

/** A form as Node's own client writes it, with its Content-Type. */
async function written(fields: readonly (readonly [string, string | Blob])[]): Promise<[string, string]> {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'body.json');
  }
  const request = new Response(form);
  return [await request.text(), request.headers.get('content-type') ?? ''];
}

async function refusalOf(text: string, type?: string): Promise<Refusal> {
  const thrown = await parseBody(text, type).catch((error: unknown) => error);
  if (thrown instanceof Refusal) return thrown;
  throw new Error(`${text.slice(0, 40)} was not refused`);
}

describe('JSON', () => {
  it.each([
    'application/json',
    'text/plain; charset=UTF-8',
    'application/cloudevents+json',
    urlForm,
    multipart,
    '',
  ])('is read under the content type %j, as senders and curl write it', async (type) => {
    expect(await parseBody(' \n{"title":"x","id":9007199254740993}', type)).toEqual({
      title: 'x',
      id: '9007199254740993',
    });
    expect(await parseBody('[1]', type)).toEqual([1]);
    expect(await parseBody('"Disk full"', type)).toBe('Disk full');
  });

  it('[F12] that is truncated is refused with its place, also where a form is announced', async () => {
    for (const type of ['application/json', urlForm, multipart]) {
      expect((await refusalOf('{"title":"x"', type)).message).toContain('line 1, column 13');
    }
  });
});

describe('a form in the encoding of queries', () => {
  it('is an object of texts; a name that comes twice is a list', async () => {
    expect(await parseBody('title=%5BTriggered%5D+Disk+full&host=db-1&tag=a&tag=b&empty=', urlForm)).toEqual({
      title: '[Triggered] Disk full',
      host: 'db-1',
      tag: ['a', 'b'],
      empty: '',
    });
  });

  it('has the JSON in its fields read; a form of one such field is that field', async () => {
    const beat = encodeURIComponent('{"status":0}');
    expect(await parseBody(`heartbeat=${beat}&msg=down`, urlForm)).toEqual({
      ...{ heartbeat: { status: 0 }, msg: 'down' },
    });
    expect(await parseBody(`payload=${beat}`, urlForm)).toEqual({ status: 0 });
    expect(await parseBody('tag=a&tag=b', urlForm)).toEqual({ tag: ['a', 'b'] });
    expect(await parseBody('title=%5BTriggered', urlForm)).toEqual({ title: '[Triggered' });
  });

  it('[F11] of more than 100 fields, or of JSON nested too deep, is refused or left as text', async () => {
    expect((await refusalOf('a=1&'.repeat(101), urlForm)).code).toBe('too_large');
    expect((await refusalOf('&'.repeat(1e6), urlForm)).message).toContain('at most 100');
    const deep = '['.repeat(10_000);
    expect(await parseBody(`a=${deep}&b=1`, urlForm)).toEqual({ a: deep, b: '1' });
  });

  it('[F9] with fields named __proto__ or constructor changes no prototype', async () => {
    const body = await parseBody('__proto__=x&constructor=y&__proto__[polluted]=1', urlForm);
    expect(Object.entries(body as object)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['__proto__[polluted]', '1'],
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('[F12] of any fields gives their texts back, broken % sequences and all', async () => {
    const field = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(field, { maxLength: 20, selector: ([name]) => name }),
        async (fields) => {
          const plain = fields.filter(([name, value]) => !/^\s*["[{]/.test(value) && name !== '');
          const body = await parseBody(new URLSearchParams(plain).toString(), urlForm);
          expect(body).toEqual(Object.fromEntries(plain));
        },
      ),
    );
    expect(await parseBody('a=%ff%&b', urlForm)).toEqual({ a: '\ufffd%', b: '' });
  });
});

describe('a multipart form', () => {
  it('is read as its fields are, files by their text', async () => {
    const [text, type] = await written([
      ['title', 'Disk\r\nfull'],
      ['tag', 'ä'],
      ['tag', '🔥'],
      ['file', new Blob(['{"a":1}'])],
    ]);
    expect(await parseBody(text, type)).toEqual({ title: 'Disk\r\nfull', tag: ['ä', '🔥'], file: { a: 1 } });
    const [wrapped, itsType] = await written([['data', '{"heartbeat":null,"msg":"Testing"}']]);
    expect(await parseBody(wrapped, itsType)).toEqual({ heartbeat: null, msg: 'Testing' });
  });

  it('as other clients write it is read too', async () => {
    const lines = [
      `--${mark}`,
      'Content-Disposition: form-data; name="data"',
      '',
      '{"msg":"x"}',
      `--${mark}--`,
      '',
    ];
    expect(await parseBody(lines.join('\r\n'), multipart)).toEqual({ msg: 'x' });
  });

  it('[F12] without a boundary, cut off, or of other parts is refused in words', async () => {
    expect((await refusalOf('x', 'multipart/form-data')).message).toContain('names no boundary');
    for (const text of [
      '',
      'x',
      `--${mark}`,
      `--${mark}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb`,
    ]) {
      expect((await refusalOf(text, multipart)).message).toContain('no multipart form');
    }
  });

  it('[F11] of more than 100 parts is refused before it is taken apart', async () => {
    const part = `--${mark}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n`;
    expect((await refusalOf(`${part.repeat(5_000)}--${mark}--\r\n`, multipart)).code).toBe('too_large');
  });

  it('[F12] of any fields gives their texts back; of any text gives an object or a refusal', async () => {
    const field = fc.tuple(fc.string({ minLength: 1 }), fc.string());
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(field, { minLength: 1, maxLength: 10, selector: ([name]) => name }),
        async (fields) => {
          const plain = fields.filter(([, value]) => !/^\s*[[{]/.test(value));
          if (plain.length > 0)
            expect(await parseBody(...(await written(plain)))).toEqual(Object.fromEntries(plain));
        },
      ),
      { numRuns: 50 },
    );
    const piece = fc.constantFrom(
      `--${mark}`,
      '--',
      '\r\n',
      '\n',
      'Content-Disposition: form-data; name="',
      '"',
      'a',
      ';',
      '\0',
      'filename="f"',
      'Content-Type: x',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const outcome = await parseBody(`x${pieces.join('')}`.slice(1), multipart).catch(
          (error: unknown) => error,
        );
        expect(typeof outcome === 'string' || outcome instanceof Refusal || !(outcome instanceof Error)).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('a query', () => {
  it('is read as a form', () => {
    expect(parseQuery({ msg: 'down', heartbeat: '{"status":0}', monitor: undefined })).toEqual({
      msg: 'down',
      heartbeat: { status: 0 },
    });
    expect(parseQuery({ data: '{"msg":"x"}' })).toEqual({ msg: 'x' });
    expect(parseQuery(null)).toEqual({});
  });
});
