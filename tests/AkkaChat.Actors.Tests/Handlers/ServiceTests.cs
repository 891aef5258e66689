using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Tests.Handlers;

/// <summary>Services as parameters.</summary>
public class ServiceTests
{
    [Fact]
    public async Task Services_are_taken_from_a_scope_of_the_calls_own_that_ends_with_it()
    {
        await using var services = new ServiceCollection()
            .AddScoped<Scoped>().AddSingleton<Single>().BuildServiceProvider();
        using var runner = new HandlerRunner(services);
        var handler = (Scoped scoped, Single single, int number) =>
        {
            Assert.False(scoped.IsDisposed);
            return (scoped, single, number);
        };

        var (first, single, number) = ((Scoped, Single, int))(await runner.CallAsync(handler, "7"))!;
        var (second, same, _) = ((Scoped, Single, int))(await runner.CallAsync(handler, "7"))!;

        Assert.Equal(7, number);
        Assert.Same(single, same);
        Assert.NotSame(first, second);
        Assert.True(first.IsDisposed);
    }

    [Fact]
    public async Task The_scope_lives_until_an_async_handler_has_ended()
    {
        await using var services = new ServiceCollection().AddScoped<Scoped>().BuildServiceProvider();
        using var runner = new HandlerRunner(services);

        Assert.Equal(false, await runner.CallAsync(async (Scoped scoped) =>
        {
            await Task.Yield();
            return scoped.IsDisposed;
        }));
    }

    [Fact]
    public async Task A_handler_without_services_needs_no_scope()
    {
        await using var services = new ServiceCollection().AddScoped<Scoped>().BuildServiceProvider();
        using var runner = new HandlerRunner(services);

        Assert.False(runner.Bind((Socket socket, int number) => { }).NeedsServices);
        Assert.True(runner.Bind((Scoped scoped) => { }).NeedsServices);
    }

    [Fact]
    public async Task A_service_that_fails_to_be_made_fails_that_call_only()
    {
        await using var services = new ServiceCollection()
            .AddScoped<Scoped>(_ => throw new FormatException("broken")).BuildServiceProvider();
        using var runner = new HandlerRunner(services);

        await Assert.ThrowsAsync<FormatException>(() => runner.CallAsync((Scoped scoped) => { }));
    }

    private sealed class Single;

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
