const EXTENSIONS = new Set(
  (
    'bundle cer cfg cnf conf config crs crt csr csv data db env hcl htm html htpasswd ini jar jks js json key lic ' +
    'license list lock log lua md mmdb p12 pem pfx php pid pl properties pub py repo rules sh sock sql sqlite ' +
    'sqlite3 template tmpl toml tpl txt vcl war wasm xml yaml yml'
  ).split(' '),
);

/**
 * Whether a name looks like the name of a file: `nginx.conf`, `/etc/tls/site.pem`, but not `conf.d` or `example.com`.
 */
export function looksLikeFile(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  const at = name.lastIndexOf('.');
  return at > 0 && EXTENSIONS.has(name.slice(at + 1).toLowerCase());
}
