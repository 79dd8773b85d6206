// The vendor's page on the security of a server puts this nginx in front: TLS, `auth_request`, two headers blanked, `proxy_pass`.
// What answers `auth_request` there is left to the reader; here it verifies tokens, as whoever is audited would have it.

/** @see https://docs.restate.dev/server/security */
export function nginxConfiguration({ folder, port, authPort, ingressPort }) {
  return `
# one process, so that none is left when it is ended
master_process off;
error_log ${folder}/nginx-error.log error;
pid ${folder}/nginx.pid;
daemon off;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 1000000;
  server {
    listen 127.0.0.1:${port} ssl;
    server_name restate.example.com;
    ssl_certificate ${folder}/chain.pem;
    ssl_certificate_key ${folder}/key.pem;
    location / {
      auth_request /auth;
      proxy_set_header Authorization "";
      proxy_set_header X-Internal-Token "";
      proxy_pass http://127.0.0.1:${ingressPort};
    }
    location = /auth {
      internal;
      proxy_pass http://127.0.0.1:${authPort};
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Original-URI $request_uri;
    }
  }
}
`;
}
