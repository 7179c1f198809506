/** Folded parts: a link opens what it leads to, a filter finds a service, and paper shows everything. */
export const PARTS = String.raw`
  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null) return;
    for (let part = target.closest('details'); part; part = part.parentElement?.closest('details') ?? null)
      part.open = true;
    const own = target.querySelector(':scope > details');
    if (own instanceof HTMLDetailsElement) own.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);
  // A second click on the same link changes no address.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link?.getAttribute('href') === location.hash) openTarget();
  });

  /** The rows and parts of services, by name. */
  const services = [...document.querySelectorAll('#services tbody tr, #details article')].flatMap((part) => {
    const name = part.querySelector('th, h3, summary')?.textContent ?? '';
    return part instanceof HTMLElement ? [{ part, name: name.toLowerCase() }] : [];
  });
  const parts = services.filter(({ part }) => part.tagName === 'ARTICLE');
  if (parts.length > 6) {
    const box = document.createElement('p');
    box.className = 'filter';
    const label = document.createElement('label');
    const field = document.createElement('input');
    field.type = 'search';
    label.append('Show services whose name has: ', field);
    const found = document.createElement('span');
    found.setAttribute('role', 'status');
    box.append(label, ' ', found);
    document.querySelector('#services h2')?.after(box);
    field.addEventListener('input', () => {
      const wanted = field.value.trim().toLowerCase();
      for (const { part, name } of services) part.hidden = !name.includes(wanted);
      const left = parts.filter(({ part }) => !part.hidden).length;
      found.textContent = wanted === '' ? '' : left + ' of ' + parts.length;
    });
  }

  addEventListener('beforeprint', () => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
    for (const { part } of services) part.hidden = false;
  });
  openTarget();
`;
