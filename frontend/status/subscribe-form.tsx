/** Asks for the updates of a page by mail. A plain form, so that it works without script. */
export function SubscribeForm({ action, page }: { readonly action: string; readonly page: string }) {
  return (
    <section className="subscribe" aria-labelledby="subscribe">
      <h2 id="subscribe">Get updates by e-mail</h2>
      <form method="post" action={action}>
        <input type="hidden" name="page" value={page} />
        <label htmlFor="subscribe-email">E-mail address</label>
        <div className="row">
          <input
            id="subscribe-email"
            name="email"
            type="email"
            autoComplete="email"
            maxLength={254}
            required
          />
          <button type="submit">Subscribe</button>
        </div>
        <p className="soft">
          We send one mail with a link that confirms it. Each later mail has a link that ends it.
        </p>
      </form>
    </section>
  );
}
