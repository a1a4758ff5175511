// go-redis: the token file is read at each connect, and no connection is used for 12 hours.
package main

import (
	"context"
	"crypto/tls"
	"os"
	"time"

	"github.com/redis/go-redis/v9"

	"recipes/surroundings"
)

func main() {
	address := surroundings.Address()
	// recipe:begin
	options := &redis.Options{
		Addr:      address,
		TLSConfig: &tls.Config{},
		CredentialsProviderContext: func(context.Context) (string, string, error) { // at each connect
			token, err := os.ReadFile(os.Getenv("TOKEN_FILE"))
			return os.Getenv("CACHE_USER"), string(token), err
		},
		ConnMaxLifetime:       11 * time.Hour, // AWS ends it after 12 hours
		ConnMaxLifetimeJitter: 30 * time.Minute,
	}
	// recipe:end
	options.TLSConfig = surroundings.TLS()
	options.ConnMaxLifetime = surroundings.MaxAge(options.ConnMaxLifetime)
	options.ConnMaxLifetimeJitter = min(options.ConnMaxLifetimeJitter, options.ConnMaxLifetime/10)

	client := redis.NewClient(options)
	defer client.Close()
	ctx := context.Background()
	surroundings.Run(surroundings.Client{
		WhoAmI: func() (string, error) { return client.Do(ctx, "ACL", "WHOAMI").Text() },
		Set:    func(value string) error { return client.Set(ctx, "recipe", value, 0).Err() },
		Get:    func() (string, error) { return client.Get(ctx, "recipe").Result() },
	}, nil)
}
