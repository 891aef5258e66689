using AkkaChat.Host.Accounts;
using AkkaChat.Stores.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>Sockets that come in while log-ins end.</summary>
public abstract class VisitTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task A_socket_that_is_just_coming_in_ends_with_all_others_of_the_person()
    {
        var ana = await _world.SignUpAsync("Ana");
        BeforeLetIn(signOut => signOut.EndAllAsync(ana.Id, SignOut.ByLogout));

        await Assert.ThrowsAnyAsync<Exception>(() => _world.AgainAsync(ana));

        await ana.Client.ExpectDisconnectAsync();
        Assert.Empty((await _world.Server.Io.FetchSocketsAsync()).Select(socket => socket.Id));
    }

    [StoreFact]
    public async Task A_socket_that_is_just_coming_in_ends_with_a_new_password_and_that_of_the_log_in_that_stays_does_not()
    {
        var ana = await _world.SignUpAsync("Ana");
        var stays = (await _world.Server.Services.GetRequiredService<Logins>().FindAsync(ana.Token))!.Login.Id;
        BeforeLetIn(signOut => signOut.EndOthersAsync(ana.Id, stays, SignOut.ByPassword));

        await Assert.ThrowsAnyAsync<Exception>(() => _world.AgainAsync(ana));

        Assert.Equal([ana.Client.Id], (await _world.Server.Io.FetchSocketsAsync()).Select(socket => socket.Id));
        await ana.SayAsync(ana.Room("lobby"), "Still here");
    }

    /// <summary>What happens when the log-in of a coming socket has been looked at, and before the socket is connected.</summary>
    private void BeforeLetIn(Func<SignOut, Task> act) => _world.Server.Io.Use(async (_, next) =>
    {
        var decision = await next();
        await act(_world.Server.Services.GetRequiredService<SignOut>());
        return decision;
    });
}
