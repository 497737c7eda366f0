/**
 * Who may ask the marking pages anything. They are served on this machine only, but every page that the marker has open in the same
 * browser, and every program on the machine, can send requests to them.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

interface Guarded {
  /** Known to whoever started the program, and to nobody else. */
  token: string;
  /** `127.0.0.1:8731`: under another name (DNS rebinding) nothing is answered. */
  host: () => string;
}

/** What a form must bring along: it follows from the token, and pages of other places cannot read it. */
export const formKey = (token: string): string =>
  createHash('sha256').update(`form\n${token}`).digest('base64url').slice(0, 24);

/** Lets those in who come with the token once, and then by a cookie that no other site can make the browser send. */
export function guard({ token, host }: Guarded): MiddlewareHandler {
  return async (context, next) => {
    headers(context);
    if (context.req.header('host') !== host()) return refused(context, 421, `This page is at http://${host()}/ only.`);
    const url = new URL(context.req.url);
    const given = url.searchParams.get('token');
    // Browsers share the cookies of a host among its ports.
    const cookie = `gradmark-${host().split(':')[1]}`;
    if (given !== null && context.req.method === 'GET' && isSame(given, token)) {
      setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
      url.searchParams.delete('token');
      return context.redirect(`${url.pathname}${url.search}`, 303);
    }
    if (!isSame(getCookie(context, cookie) ?? '', token)) {
      return refused(context, 403, 'Open the address that "gradmark mark" printed in the terminal, with its token.');
    }
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
    if (context.req.method !== 'POST') return refused(context, 405, 'Only GET and POST are answered.');
    if (context.req.header('origin') !== `http://${host()}`) {
      return refused(context, 403, 'This form was sent by another site: nothing was written.');
    }
    const form = await context.req.parseBody({ all: true });
    if (!isSame(String(form['form-key'] ?? ''), formKey(token))) {
      return refused(
        context,
        403,
        'This form is not one of this run of gradmark: open the page again. Nothing was written.',
      );
    }
    return next();
  };
}

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function headers(context: Context): void {
  context.header('Content-Security-Policy', policy);
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'same-origin');
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
  context.header('Cache-Control', 'no-store');
}

const refused = (context: Context, status: 403 | 405 | 421, says: string) => context.text(`${says}\n`, status);

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
