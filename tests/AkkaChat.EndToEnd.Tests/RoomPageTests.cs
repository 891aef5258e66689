using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>Accounts, private rooms, direct messages, moderation and administration, by the page.</summary>
[Collection(ChatSite.Name)]
public sealed class RoomPageTests(ChatSite site) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => site.CloseWindowsAsync();

    [Fact]
    public async Task An_account_is_made_and_logged_out_of_and_a_wrong_password_is_refused_in_words()
    {
        var name = site.Unique("Ida");
        var window = await site.OpenAsync();
        await window.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Create account" }).ClickAsync();
        await FillAsync(window, name, "short");
        await window.Button("Create account").ClickAsync();
        await Expect(window.Page.GetByText("at least 8 characters")).ToBeVisibleAsync();
        await FillAsync(window, name, ChatSite.Password);
        await window.Button("Create account").ClickAsync();
        await window.IsInAsync("lobby");

        await window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "account menu" }).ClickAsync();
        await window.MenuItem("Log out").ClickAsync();
        await window.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
        await FillAsync(window, name, "not my password");
        await window.Button("Log in").ClickAsync();
        await Expect(window.Page.GetByText("wrong", new PageGetByTextOptions { Exact = false })).ToBeVisibleAsync();
        await FillAsync(window, name, ChatSite.Password);
        await window.Button("Log in").ClickAsync();
        await window.IsInAsync("lobby");
    }

    [Fact]
    public async Task A_private_room_is_for_those_who_are_invited()
    {
        var ana = await site.ComeInAsync("Ana");
        var ben = await site.ComeInAsync("Ben");
        var room = site.Unique("board");
        await ana.CreateRoomAsync(room, isPrivate: true);
        await ben.Button("Browse rooms").ClickAsync();
        await Expect(ben.Dialog.GetByText(room)).ToHaveCountAsync(0);
        await ben.Page.Keyboard.PressAsync("Escape");

        await ana.Button("Room menu").ClickAsync();
        await ana.MenuItem("Invite people").ClickAsync();
        await ana.Dialog.GetByRole(AriaRole.Searchbox).FillAsync(ben.Name);
        await ana.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = ben.Name }).First.ClickAsync();
        await ana.Page.Keyboard.PressAsync("Escape");
        await ben.GoToAsync(room);
        await ben.SayForGoodAsync("Thanks");
        await ana.SeesAsync("Thanks");
    }

    [Fact]
    public async Task Two_people_write_to_each_other_directly()
    {
        var ana = await site.ComeInAsync("Ana");
        var ben = await site.ComeInAsync("Ben");
        await ana.Button("New message").ClickAsync();
        await ana.Dialog.GetByRole(AriaRole.Searchbox).FillAsync(ben.Name);
        await ana.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = $"Write to {ben.Name}" }).ClickAsync();
        await ana.IsInAsync(ben.Name);
        await ana.SayForGoodAsync("Only for you");

        await ben.GoToAsync(ana.Name);
        await ben.SeesAsync("Only for you");
    }

    [Fact]
    public async Task Who_is_removed_from_a_room_is_out_of_it_at_once_on_all_devices()
    {
        var owner = await site.ComeInAsync("Owner");
        var ben = await site.ComeInAsync("Ben");
        var phone = await site.LogInAsync(ben.Name);
        var room = site.Unique("team");
        await owner.CreateRoomAsync(room);
        await ben.JoinAsync(room);
        await phone.GoToAsync(room);

        var people = owner.Page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "People" });
        await people.GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = ben.Name }).ClickAsync();
        await owner.MenuItem("Remove from room").ClickAsync();
        await owner.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Remove" }).ClickAsync();

        await Expect(ben.RoomInList(room)).ToHaveCountAsync(0);
        await Expect(phone.RoomInList(room)).ToHaveCountAsync(0);
        await Expect(owner.Log.GetByText("removed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_banned_person_is_logged_out_everywhere_and_the_audit_log_says_by_whom()
    {
        var eve = await site.ComeInAsync("Eve");
        var root = await site.LogInAsync(ChatSite.Administrator);
        await root.Page.GotoAsync(site.Url + "#/admin/people");
        await root.Page.GetByRole(AriaRole.Searchbox, new PageGetByRoleOptions { Name = "Search people" }).FillAsync(eve.Name);
        await root.Button($"Actions for {eve.Name}").ClickAsync();
        await root.Page.GetByRole(AriaRole.Menuitem).Filter(new LocatorFilterOptions { HasText = "Ban" }).First.ClickAsync();
        await root.Dialog.GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = "Ban" }).ClickAsync();

        await Expect(eve.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Log in" })).ToBeVisibleAsync();
        await root.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Audit log" }).ClickAsync();
        await Expect(root.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = eve.Name }).First).ToContainTextAsync(ChatSite.Administrator);
        await root.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Connections" }).ClickAsync();
        await Expect(root.Page.GetByRole(AriaRole.Table).GetByText(ChatSite.Administrator).First).ToBeVisibleAsync();
        Assert.Empty(root.Complaints);
    }

    private static async Task FillAsync(ChatWindow window, string name, string password)
    {
        await window.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(name);
        await window.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(password);
    }
}
