package dev.weir.operator.render;

/// Pipelines in which every field that takes text has one.
final class SpecTexts {
  static final String AGENTS =
      """
      metadata: {name: default}
      spec:
        namespace: log-agents
        access: {journal: true, hostPaths: [/var/log]}
        tenants: {namespaceSelector: {}}
        secrets: {allowedNamespaces: [shared]}
      """;

  static final String TENANTS =
      """
      description: harmless-0
      input:
        pods:
          selector:
            matchLabels: {app: harmless-1}
            matchExpressions: [{key: tier, operator: In, values: [harmless-2]}]
          containers: {include: [harmless-3], exclude: [harmless-4]}
      parse:
        format: JSON
        json: {fields: {user: harmless5}}
        timestamp: {field: harmless6, formats: [harmless-7], zone: Europe/Berlin}
        severity: {field: harmless8}
        multiline: {mode: FirstLine, firstLine: harmless-9}
      stages:
      - drop: {any: [{line: {contains: harmless-10}}, {line: {regex: harmless-11}}]}
      - drop: {all: [{label: {name: app, in: [harmless-12]}}, {label: {name: app, regex: harmless-13}}]}
      - keep: {any: [{line: {contains: harmless-14}}, {label: {name: harmless15, exists: true}}]}
      - sample: {rate: "0.5"}
      - rateLimit: {linesPerSecond: 5, byLabel: harmless16, onExceed: Drop}
      - redact: {patterns: [{regex: harmless-17, replacement: harmless-18}]}
      - replace: {regex: harmless-19, replacement: harmless-20, source: harmless21}
      - labels: {set: {team: harmless-22}, fromField: {who: harmless23}, remove: [harmless24]}
      - metadata: {set: {team: harmless-25}, fromField: {who: harmless26}, remove: [harmless27]}
      - truncate: {maxBytes: 16Ki}
        when: {any: [{line: {contains: harmless-28}}, {line: {regex: harmless-29}}]}
      enrich: {podLabels: [harmless-30], podAnnotations: [harmless-31], namespaceLabels: [harmless-32], static: {x: harmless-33}}
      outputs:
      - name: harmless-34
        loki: {url: "https://harmless.example.com/35", batch: {maxBytes: 1Mi, maxWait: 1s}}
        auth: {basic: {username: {value: harmless-36}, password: {name: harmless-37, key: harmless-38}}}
        tls: {caRef: {kind: ConfigMap, name: harmless-39, key: harmless-40}, serverName: harmless-41}
        headers: [{name: X-Harmless-42, value: harmless-43}]
        proxyURL: http://harmless.example.com
        timeout: 10s
        when: {all: [{line: {contains: harmless-44}}]}
      - name: other
        loki: {url: "https://harmless.example.com/45"}
        auth: {oauth2: {tokenURL: "https://harmless.example.com/46", clientID: harmless-47, clientSecret: {name: harmless-48, key: k}, scopes: [harmless-49]}}
      """;

  static final String CLUSTERS =
      """
      input:
        hostFiles:
        - {path: /var/log/harmless-0, exclude: [/var/log/harmless-1], labels: {x: harmless-2}, encoding: utf-8}
      tenant: {mode: Static, value: harmless-3}
      outputs:
      - name: main
        loki: {url: "https://harmless.example.com/"}
        auth: {bearer: {token: {name: harmless-4, key: harmless-5, namespace: shared}}}
      """;

  private SpecTexts() {}
}
