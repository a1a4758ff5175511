// redigo: the token file is read at each connect, and no connection is used for 12 hours.
package main

import (
	"context"
	"os"
	"time"

	"github.com/gomodule/redigo/redis"

	"recipes/surroundings"
)

func main() {
	address, config := surroundings.Address(), surroundings.TLS()
	// recipe:begin
	pool := &redis.Pool{
		DialContext: func(ctx context.Context) (redis.Conn, error) { // at each connect
			token, err := os.ReadFile(os.Getenv("TOKEN_FILE"))
			if err != nil {
				return nil, err
			}
			return redis.DialContext(ctx, "tcp", address, redis.DialUseTLS(true), redis.DialTLSConfig(config),
				redis.DialUsername(os.Getenv("CACHE_USER")), redis.DialPassword(string(token)))
		},
		MaxIdle:         8,
		MaxConnLifetime: 11 * time.Hour, // AWS ends it after 12 hours
	}
	// recipe:end
	pool.MaxConnLifetime = surroundings.MaxAge(pool.MaxConnLifetime)
	defer pool.Close()

	do := func(command string, args ...any) (any, error) {
		connection := pool.Get()
		defer connection.Close()
		return connection.Do(command, args...)
	}
	surroundings.Run(surroundings.Client{
		WhoAmI: func() (string, error) { return redis.String(do("ACL", "WHOAMI")) },
		Set:    func(value string) error { _, err := do("SET", "recipe", value); return err },
		Get:    func() (string, error) { return redis.String(do("GET", "recipe")) },
	}, nil)
}
