import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brandProperties,
  isColour,
  isLogo,
  isWebAddress,
  MOST_LOGO,
  paragraphsOf,
  styleSheet,
} from '../../../shared/status/index.ts';
import { anyText } from '../../support/any-text.ts';

describe('prose', () => {
  it('is paragraphs with lines and links, and nothing else', () => {
    expect(
      paragraphsOf('See https://a.example/x?y=1.\nThen <b>this</b>\n\n [no](javascript:alert(1))'),
    ).toEqual([
      [
        { text: 'See ' },
        { text: 'https://a.example/x?y=1', link: 'https://a.example/x?y=1' },
        { text: '.' },
        'break',
        { text: 'Then <b>this</b>' },
      ],
      [{ text: '[no](javascript:alert(1))' }],
    ]);
  });

  it('loses no word, and links only to the web', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          fc.webUrl(),
          fc.array(fc.oneof(anyText(), fc.webUrl())).map((all) => all.join(' ')),
        ),
        (text) => {
          const pieces = paragraphsOf(text).flat();
          const said = pieces.map((piece) => (piece === 'break' ? '' : piece.text)).join('');
          expect(said.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
          for (const piece of pieces)
            if (piece !== 'break' && piece.link !== undefined)
              expect(piece.link).toMatch(/^https?:\/\/[^\s"'<>]+$/);
        },
      ),
    );
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//a.example',
    'https://',
    'https://me:secret@a.example',
    'ftp://a',
  ])('does not take %s for an address of the web', (text) => expect(isWebAddress(text)).toBe(false));
});

describe('[F81] branding', () => {
  it.each(['#0a66c2', '#FFFFFF'])('takes the colour %s', (text) => expect(isColour(text)).toBe(true));
  it.each(['red', '#fff', 'url(https://a)', '#0a66c2;}', 'expression(1)', '@import "x"', '#0a66c2\n'])(
    'refuses the colour %j',
    (text) => expect(isColour(text)).toBe(false),
  );

  it('sets known properties only, whatever is stored', () => {
    const stored = { accent: '#0A66C2', accentDark: 'url(x)', color: '#000000' };
    expect(brandProperties(stored)).toEqual([['--status-accent', '#0a66c2']]);
    expect(styleSheet('a{}', stored)).toBe('a{}\n.status-page{--status-accent:#0a66c2}\n');
    expect(styleSheet('a{}', undefined)).toBe('a{}');
  });

  it.each([
    'https://a.example/logo.svg',
    'data:image/png;base64,iVBORw0KGgo=',
    'data:image/svg+xml;base64,PHN2Zy8+',
  ])('takes the logo %s', (text) => expect(isLogo(text)).toBe(true));
  it.each([
    'http://a.example/logo.png',
    'javascript:alert(1)',
    'data:text/html;base64,PHN2Zy8+',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'data:image/png;base64,a" onerror="alert(1)',
    `data:image/png;base64,${'A'.repeat(MOST_LOGO)}`,
  ])('refuses the logo %#', (text) => expect(isLogo(text)).toBe(false));
});
